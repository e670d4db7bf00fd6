using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Accounts.AspNetCore;

/// <summary>What a route asks for, beyond a good token of a user.</summary>
/// <param name="Roles">one of these, if there are any</param>
/// <param name="Acr">how well they must have proved who they are</param>
/// <param name="MaxAge">for how many seconds such a proof is good</param>
/// <param name="Live">Accounts is asked whether the session lives, and what its user's roles are now</param>
/// <param name="Machine">programs may, too</param>
internal sealed record AccountsRequirement(string[] Roles, string? Acr, int? MaxAge, bool Live, bool Machine) : IAuthorizationRequirement
{
    private static readonly string[] Levels = ["aal1", "aal2"];

    /// <exception cref="Refusal">they may not</exception>
    public void Check(ClaimsPrincipal user, DateTimeOffset now)
    {
        if (Roles.Length > 0 && !Roles.Any(role => user.HasClaim(AccountsSetup.RoleClaim, role)))
        {
            throw Refusal.Denied;
        }
        var proved = long.Parse(user.FindFirstValue("auth_time") ?? "0", CultureInfo.InvariantCulture);
        if (now.ToUnixTimeSeconds() - proved > (MaxAge ?? long.MaxValue) || (Acr is not null && Array.IndexOf(Levels, user.FindFirstValue("acr")) < Array.IndexOf(Levels, Acr)))
        {
            throw user.IsMachine() ? Refusal.Denied : Refusal.StepUp(MaxAge, Acr);
        }
    }

    public static bool IsLevel(string? acr) => acr is null || Levels.Contains(acr);
}

/// <summary>Decides, and leaves with the request why somebody may not.</summary>
internal sealed class AccountsRequirementHandler(AccountsServer server, TimeProvider time) : AuthorizationHandler<AccountsRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AccountsRequirement requirement)
    {
        if (context.Resource is not HttpContext http || await http.AuthenticateAsync(AccountsSetup.Scheme) is not { Succeeded: true } ticket)
        {
            return;
        }
        try
        {
            if (ticket.Principal.IsMachine() && !requirement.Machine)
            {
                throw Refusal.Denied;
            }
            var user = requirement.Live ? await AsOfNowAsync(ticket) : ticket.Principal;
            requirement.Check(user, time.GetUtcNow());
            http.User = user;
            context.Succeed(requirement);
        }
        catch (Refusal refusal)
        {
            http.Items[typeof(Refusal)] = refusal;
        }
    }

    /// <summary>Their roles and how they proved who they are, as they are now.</summary>
    private async Task<ClaimsPrincipal> AsOfNowAsync(AuthenticateResult ticket)
    {
        var told = await server.AsOfNowAsync(ticket.Properties!.GetTokenValue("access_token")!);
        var identity = (ClaimsIdentity)ticket.Principal!.Identity!;
        var kept = identity.Claims.Where(claim => claim.Type is not (AccountsSetup.RoleClaim or "acr" or "auth_time"));
        var roles = told[AccountsSetup.RoleClaim]!.AsArray().Select(role => new Claim(AccountsSetup.RoleClaim, (string)role!));
        var proof = new[] { "acr", "auth_time" }.Where(told.ContainsKey).Select(name => new Claim(name, told[name]!.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity([.. kept, .. roles, .. proof], identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType));
    }
}
