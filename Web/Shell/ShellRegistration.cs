namespace Platform.Web.Shell;

/// <summary>What every page stands in.</summary>
internal static class ShellRegistration
{
    /// <summary>Adds rendering, and a page for whatever fails.</summary>
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FailureHandler>();
    }
}
