return await BenchmarkCommands.RunAsync(args);
