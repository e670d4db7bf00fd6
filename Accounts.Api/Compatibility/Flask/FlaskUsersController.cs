using Accounts.Api.Admin;
using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>The same tutorial: the users, for administrators, by the same question marks as ours.</summary>
[Mounted(Library.Flask), FlaskErrors("error", Flag = "ok"), ApiEndpoint, AdministratorsOnly, ApiExplorerSettings(IgnoreApi = true)]
[Tells(ErrorCode.NotAuthenticated, 401, "Login required"), Tells(ErrorCode.TokenNotValid, 401, "Login required")]
public sealed class FlaskUsersController(UserDirectory directory) : ControllerBase
{
    [HttpGet("auth/admin/users"), RecordsRead("users"), EnableRateLimiting(Throttle.Others)]
    [Tells(ErrorCode.PermissionDenied, 403, "Admin access required")]
    public async Task<FlaskUsersResponse> List([FromQuery] UserListRequest asked, CancellationToken cancellation)
    {
        var number = asked.PageNumber();
        var found = await directory.ListAsync(asked.Query(), number.Number, number.Size, cancellation);
        return new FlaskUsersResponse(true, [.. found.Users.Select(user => FlaskListedUserResponse.Of(user.Profile))]);
    }
}
