"""Inside a network: what its layers give, which code raises a unit, and where a visit is."""
