using System.Globalization;
using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Admin;

/// <summary>What the acts of administrators have in common on the wire: who acts, on whom, and the user as they are then, with their version.</summary>
public sealed class AdminAnswer(ExtraFields extra)
{
    /// <summary>Who asks.</summary>
    public static Actor Actor(HttpContext context) => new(context.LiveSession().User.Id, context.Device());

    /// <exception cref="NotFoundException">it is nobody's</exception>
    public static Guid Id(string text) => Guid.TryParseExact(text, "D", out var id) ? id : throw new NotFoundException();

    public AdminUserResponse Show(HttpContext context, AdministeredUser user)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{user.Version}\"");
        return AdminUserResponse.Of(user, extra);
    }

    public AdminUserResponse Show(AdministeredUser user) => AdminUserResponse.Of(user, extra);

    /// <summary>Of <c>If-Match</c>: null where any will do.</summary>
    /// <exception cref="StaleException">none can be meant</exception>
    public static long? Version(HttpRequest request) => request.Headers.IfMatch.ToString().Trim() switch
    {
        "" or "*" => null,
        ['"', .. var text, '"'] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
        _ => throw new StaleException(),
    };
}
