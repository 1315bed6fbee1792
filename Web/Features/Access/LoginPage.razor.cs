using Microsoft.AspNetCore.Components;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Access;

/// <summary>Takes a token, asks the Api whether it knows it, and keeps it in the cookie.</summary>
public sealed partial class LoginPage
{
    [SupplyParameterFromQuery(Name = "return")]
    private string? Return { get; set; }

    [SupplyParameterFromForm(FormName = "login")]
    private LoginForm? Login { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private string? Problem { get; set; }

    private QueryString ReturnQuery => LocalPath.OrHome(Return) is var path and not "/" ? QueryString.Create("return", path) : QueryString.Empty;

    private async Task LogInAsync()
    {
        var token = Login?.Token?.Trim();
        if (string.IsNullOrEmpty(token) || token.Any(character => character is <= ' ' or >= '\u007f'))
        {
            Problem = "That is no token: it has letters, digits and signs, without spaces.";
        }
        else if (!await Api.AcceptsAsync(token, HttpContext.RequestAborted))
        {
            Problem = "The Api does not know this token.";
        }
        else
        {
            await SessionCookie.SignInAsync(HttpContext, token);
            Navigation.NavigateTo(LocalPath.OrHome(Return));
            return;
        }

        HttpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    /// <summary>What the form holds.</summary>
    private sealed class LoginForm
    {
        public string? Token { get; set; }
    }
}
