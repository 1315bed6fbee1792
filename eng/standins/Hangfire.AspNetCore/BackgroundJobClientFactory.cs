namespace Hangfire;

internal sealed class BackgroundJobClientFactory : IBackgroundJobClientFactory
{
    public IBackgroundJobClient GetClient(JobStorage storage) => new BackgroundJobClient(storage);
}
