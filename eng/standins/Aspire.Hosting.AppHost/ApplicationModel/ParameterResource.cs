namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given from outside the graph.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Lazy<string> _value;

    /// <param name="name">Its value is looked for under the setting <c>Parameters:name</c>.</param>
    /// <param name="callback">Gives the value, once; its argument is <see cref="Default"/>.</param>
    /// <param name="secret">Whether the value must be kept out of sight.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        _value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    public ParameterDefault? Default { get; set; }

    public bool Secret { get; }

    public string ValueExpression => $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(_value.Value);
}
