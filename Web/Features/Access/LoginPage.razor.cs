using Microsoft.AspNetCore.Components;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Access;

/// <summary>The sign-in page: opens a session with an API key and keeps its id in the cookie.</summary>
public sealed partial class LoginPage
{
    [SupplyParameterFromQuery(Name = "return")]
    private string? Return { get; set; }

    [SupplyParameterFromForm(FormName = "login")]
    private LoginForm? Login { get; set; }

    /// <summary>No key is longer; a header of the API takes no more than 32 KiB.</summary>
    private const int MaxKeyLength = 512;

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
            Problem = "Invalid API key: an API key has no spaces and only ASCII characters.";
        }
        else if (token.Length > MaxKeyLength)
        {
            Problem = $"Invalid API key: it has more than {MaxKeyLength} characters.";
        }
        else
        {
            (var session, Problem) = await Api.SignInAsync(token, HttpContext.RequestAborted);
            if (session is not null)
            {
                await SessionCookie.SignInAsync(HttpContext, session);
                Navigation.NavigateTo(LocalPath.OrHome(Return));
                return;
            }
        }

        HttpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    /// <summary>Form fields.</summary>
    private sealed class LoginForm
    {
        public string? Token { get; set; }
    }
}
