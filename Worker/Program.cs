using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Startup;
using Platform.Worker.Commands;

if (!HostArguments.AsksForHelp(args) && await HealthCommand.TryRunAsync(args) is { } healthCode)
{
    return healthCode;
}

return await WorkerCommands.RunAsync(args, Console.Out, Console.Error);
