use super::*;

#[test]
fn hex_and_bytes_give_the_token_back() {
    let token = Token::random().unwrap();
    let hex = token.to_hex();
    assert_eq!(hex.len(), 64);
    assert_eq!(Token::from_hex(&hex).unwrap(), token);
    assert_eq!(Token::from_hex(&hex.to_uppercase()).unwrap(), token);
    assert_eq!(Token::from_bytes(*token.as_bytes()), token);

    let mut bytes = [0; 32];
    bytes[0] = 0x0f;
    bytes[31] = 0xa0;
    let hex = Token::from_bytes(bytes).to_hex();
    assert!(hex.starts_with("0f00") && hex.ends_with("00a0"), "{hex}");
}

#[test]
fn tokens_differ_from_the_first_bit_to_the_last() {
    let token = Token::random().unwrap();
    assert_ne!(Token::random().unwrap(), token);
    for bit in 0..8 * Token::LENGTH {
        let mut bytes = *token.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(Token::from_bytes(bytes), token, "bit {bit}");
    }
}

#[test]
fn what_is_not_64_digits_is_refused_and_not_repeated() {
    let secret = "deadbeef".repeat(8);
    for text in [
        String::new(),
        secret[1..].to_owned(),
        format!("{secret}0"),
        format!("{}g", &secret[1..]),
        format!("{}é", &secret[2..]),
        format!(" {}", &secret[1..]),
        format!("+{}", &secret[1..]),
    ] {
        let error = Token::from_hex(&text).unwrap_err();
        assert!(matches!(error, Error::BadToken), "{text}");
        assert!(!format!("{error} {error:?}").contains("beef"));
    }
}

#[test]
fn debug_keeps_the_secret() {
    assert_eq!(format!("{:?}", Token::random().unwrap()), "Token(..)");
}
