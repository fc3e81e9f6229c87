"""What pages share: choose a checkpoint, tile pictures, links, downloads and the live components."""
