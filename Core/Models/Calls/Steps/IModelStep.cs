namespace Platform.Core.Models.Calls.Steps;

/// <summary>
/// A step of the model pipeline, such as a budget. It leaves a verdict, and either ends the call or lets the next step go on. <see cref="ModelPipeline"/> lists
/// the steps in their order.
/// </summary>
internal interface IModelStep
{
    /// <summary>Runs the step.</summary>
    /// <param name="call">What the steps before found out; this one adds to it.</param>
    /// <param name="next">The rest of the pipeline.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How the call went; a refusal is a result with an error.</returns>
    /// <exception cref="ModelCallCancelledException">The call was stopped while the model answered.</exception>
    Task<ModelCallResult> RunAsync(PendingCall call, Func<Task<ModelCallResult>> next, CancellationToken cancellationToken);
}
