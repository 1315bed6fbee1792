using Platform.Core.Models.Providers;

namespace Platform.Core.Models.Calls.Steps;

/// <summary>A model call on its way through the pipeline.</summary>
/// <param name="request">What is asked.</param>
/// <param name="onText">Takes each piece of text as it comes.</param>
internal sealed class PendingCall(ModelRequest request, Func<string, CancellationToken, ValueTask> onText)
{
    private readonly List<CallVerdict> _verdicts = [];

    public ModelRequest Request => request;

    public Func<string, CancellationToken, ValueTask> OnText => onText;

    /// <summary>Who serves it; null until it is routed.</summary>
    public ModelProvider? Provider { get; set; }

    /// <summary>What is sent; null until it is routed.</summary>
    public WireForm? Wire { get; set; }

    /// <summary>What is known of the result before the model is asked.</summary>
    public ModelCallResult Start { get; set; } = new() { Model = request.Model, StartedAt = default };

    /// <summary>Tokens that the provider counted, or the estimate without its count; 0 as long as none were sent.</summary>
    public long SpentTokens { get; set; }

    /// <summary>In the order of the steps.</summary>
    public IReadOnlyList<CallVerdict> Verdicts => _verdicts;

    public void Add(CallVerdict verdict) => _verdicts.Add(verdict);
}
