namespace Hangfire.Common;

/// <summary>An attribute that changes how a job is treated; on the method it outweighs one on the class.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method)]
public abstract class JobFilterAttribute : Attribute
{
    internal JobFilterAttribute()
    {
    }

    public int Order { get; set; } = -1;
}
