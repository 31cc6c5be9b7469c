"""What a notebook cell and the command line call: step pages, deployments, the runner and its report."""
