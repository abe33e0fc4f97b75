"""`violet bench`: workloads on libraries, engines and other runtimes, in turns, and what it draws of them."""
