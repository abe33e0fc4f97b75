module violet/bench/peers/go

go 1.19
