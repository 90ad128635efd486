//! Addresses of the internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use super::leaf::replaced_whole;
use crate::{
    schema::{Leaf, SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put},
};

macro_rules! octets {
    ($($ty:ident)*) => {$(
        impl Shared for $ty {
            replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.octets());
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.array().map(Self::from)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.leaf::<Self>(Leaf::$ty)
            }
        }
    )*};
}

octets! { Ipv4Addr Ipv6Addr }

impl Shared for SocketAddrV4 {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        self.ip().encode(out);
        put(out, &self.port());
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self::new(Shared::decode(reader)?, reader.integer()?))
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::SocketAddrV4)
    }
}

/// With the flow information and the scope, which serde leaves out: an address of a link means nothing
/// without its scope.
impl Shared for SocketAddrV6 {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        self.ip().encode(out);
        put(out, &self.port());
        put(out, &self.flowinfo());
        put(out, &self.scope_id());
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let ip = Shared::decode(reader)?;
        let port = reader.integer()?;
        let flow = reader.integer()?;
        Ok(Self::new(ip, port, flow, reader.integer()?))
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::SocketAddrV6)
    }
}

/// Addresses of either version: which, then the address.
macro_rules! either {
    ($($ty:ident: $v4:ident $v6:ident;)*) => {$(
        impl Shared for $ty {
            replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                match self {
                    Self::V4(address) => {
                        out.push(0);
                        address.encode(out);
                    }
                    Self::V6(address) => {
                        out.push(1);
                        address.encode(out);
                    }
                }
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                match reader.length()? {
                    0 => $v4::decode(reader).map(Self::V4),
                    1 => $v6::decode(reader).map(Self::V6),
                    version => Err(reader.no_such("version", stringify!($ty), version)),
                }
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.leaf::<Self>(Leaf::$ty)
            }
        }

        impl Assign<$ty> for $v4 {
            fn into_value(self) -> $ty {
                self.into()
            }
        }

        impl Assign<$ty> for $v6 {
            fn into_value(self) -> $ty {
                self.into()
            }
        }
    )*};
}

either! {
    IpAddr: Ipv4Addr Ipv6Addr;
    SocketAddr: SocketAddrV4 SocketAddrV6;
}
