using Platform.ServiceDefaults.Health;
using Platform.Worker.Commands;

if (await HealthCommand.TryRunAsync(args) is { } healthCode)
{
    return healthCode;
}

return await WorkerCommands.RunAsync(args);
