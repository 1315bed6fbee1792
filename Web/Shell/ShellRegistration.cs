namespace Platform.Web.Shell;

/// <summary>Registers page rendering.</summary>
internal static class ShellRegistration
{
    /// <summary>Adds Razor components and error handling.</summary>
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ErrorHandler>();
    }
}
