//! Codes of webhooks.

use strum::{EnumIter, EnumString, FromRepr, IntoStaticStr};

/// Where a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum DeliveryState {
    /// It is sent until it is taken.
    Waiting = 1,
    /// It was taken.
    Taken = 2,
    /// Nobody took it for a day, or its webhook was removed.
    GivenUp = 3,
}
coded!(DeliveryState);
