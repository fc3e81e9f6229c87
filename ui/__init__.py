"""What pages share: pick a checkpoint, tile pictures, links, downloads and the live components."""
