//! GB smart metering: service requests, alerts, DUIS messages, installs, UTRN.
