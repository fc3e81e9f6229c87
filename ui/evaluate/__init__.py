"""What the pages about metrics compute: the catalogue, the job, counterexamples, reactions, likelihoods, studies."""
