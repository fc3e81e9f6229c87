"""What the pages about theory compute: losses and clipped critics."""
