namespace Hangfire.Server;

/// <summary>Makes the objects that jobs are called on.</summary>
internal interface IJobScopes
{
    IJobScope Begin();
}
