namespace Hangfire;

/// <summary>Makes clients of other storages than the registered one.</summary>
public interface IBackgroundJobClientFactory
{
    IBackgroundJobClient GetClient(JobStorage storage);
}
