use super::check;

#[test]
fn fields_with_the_same_names_in_what_is_generated_are_refused() {
    check(
        "struct Variants { a_12: u8, a_1_2: u8 }",
        &[(
            "a_1_2",
            "the field `a_1_2` would have the patch variant `A12`, which the field `a_12` has; \
             rename one of them",
        )],
    );
    check(
        "struct Methods { set_a: u8, a_mut: u8 }",
        &[(
            "a_mut",
            "the field `a_mut` would have the wrapper method `set_a_mut`, which the field `set_a` \
             has; rename one of them",
        )],
    );
    check(
        "enum Inside { Variant { set_a: u8, #[shared(skip)] a_mut: u8 } }",
        &[(
            "a_mut",
            "the field `a_mut` would have the wrapper method `set_a_mut`, which the field `set_a` \
             has; rename one of them",
        )],
    );
    check(
        "struct Skipped { a_12: u8, #[shared(skip)] a_1_2: u8 }",
        &[],
    );
}

#[test]
fn variants_with_the_same_names_in_what_is_generated_are_refused() {
    check(
        "enum Methods { AbC(u8), ABC, Ab_c(u8) }",
        &[(
            "Ab_c",
            "the variant `Ab_c` would have the wrapper method `ab_c_mut`, which the variant `AbC` \
             has; rename one of them",
        )],
    );
    check(
        "enum Cases { Set(u8), Set_(u8) }",
        &[(
            "Set_",
            "the variant `Set_` would have the patch variant `Set_`, which the variant `Set` has; \
             rename one of them",
        )],
    );
    check("enum Cases { Set, Set_(u8) }", &[]);
}

#[test]
fn equal_names_in_the_schema_are_refused() {
    check(
        r#"struct Board { a: u8, #[shared(rename = "a")] b: u8 }"#,
        &[(
            "b",
            "the field `b` would have the name in the schema `a`, which the field `a` has; rename \
             one of them",
        )],
    );
    check(
        r#"enum Board { A, #[shared(rename = "A")] B }"#,
        &[(
            "B",
            "the variant `B` would have the name in the schema `A`, which the variant `A` has; \
             rename one of them",
        )],
    );
    check(
        r#"struct Swapped { #[shared(rename = "b")] a: u8, #[shared(rename = "a")] b: u8 }"#,
        &[],
    );
}
