using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Accounts.AspNetCore;

/// <summary>Takes the access tokens of Accounts: <c>AddAccounts(issuer, audience)</c>, then <c>RequireAccounts()</c> on what only its users may.</summary>
public static class AccountsSetup
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Accounts";

    internal const string RoleClaim = "roles";

    /// <param name="services">of the application</param>
    /// <param name="issuer">what <c>iss</c> is: the address of Accounts, without a slash at its end</param>
    /// <param name="audience">what <c>aud</c> is; by default the issuer</param>
    /// <param name="configure">what else there is to be set</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, string issuer, string? audience = null, Action<AccountsOptions>? configure = null)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out _))
        {
            throw new ArgumentException("The issuer is the address of Accounts, such as https://accounts.example.com.", nameof(issuer));
        }
        var options = new AccountsOptions { Issuer = issuer, Audience = audience ?? issuer };
        configure?.Invoke(options);
        services.AddSingleton(options).AddSingleton<AccountsServer>().AddSingleton<PublishedKeys>().AddSingleton<IAuthorizationHandler, AccountsRequirementHandler>();
        services.AddSingleton(provider => new EndedSessions(
            provider.GetRequiredService<AccountsServer>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EndedSessions>>()));
        services.AddHostedService(provider => provider.GetRequiredService<EndedSessions>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddAuthorization();
        services.AddAuthentication().AddJwtBearer(Scheme, bearer => Take(bearer, options));
        services.AddOptions<JwtBearerOptions>(Scheme).Configure<PublishedKeys>((bearer, keys) => bearer.ConfigurationManager = keys);
        return services;
    }

    /// <summary>Lets in users who have a good token and what else is asked for; others are answered as Accounts answers, and as RFC 9470 says.</summary>
    /// <inheritdoc cref="RequireAccounts(AuthorizationPolicyBuilder, string?, string?, int?, bool, bool)"/>
    public static TBuilder RequireAccounts<TBuilder>(
        this TBuilder builder, string? role = null, string? acr = null, int? maxAge = null, bool live = false, bool machine = false)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAccounts(role, acr, maxAge, live, machine));

    /// <summary>The same for a policy, which controllers name.</summary>
    /// <param name="policy">to be added to</param>
    /// <param name="role">that they must hold; some, with commas between them, of which one will do</param>
    /// <param name="acr"><c>aal2</c> for a proof by two factors</param>
    /// <param name="maxAge">for how many seconds a proof is good</param>
    /// <param name="live">Accounts is asked whether the session lives, and what its user's roles are now, which costs a request</param>
    /// <param name="machine">programs may, too, with tokens of their own</param>
    public static AuthorizationPolicyBuilder RequireAccounts(
        this AuthorizationPolicyBuilder policy, string? role = null, string? acr = null, int? maxAge = null, bool live = false, bool machine = false)
    {
        if (!AccountsRequirement.IsLevel(acr))
        {
            throw new ArgumentException("There are aal1 and aal2.", nameof(acr));
        }
        var roles = role?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return policy.AddAuthenticationSchemes(Scheme).AddRequirements(new AccountsRequirement(roles, acr, maxAge, live, machine));
    }

    internal static bool IsMachine(this ClaimsPrincipal user) => user.FindFirstValue("sub")!.StartsWith("client:", StringComparison.Ordinal);

    private static void Take(JwtBearerOptions bearer, AccountsOptions options)
    {
        bearer.MapInboundClaims = false;
        bearer.SaveToken = true;
        bearer.TokenValidationParameters = new()
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["at+jwt"],
            TryAllIssuerSigningKeys = false,
            ClockSkew = TimeSpan.FromSeconds(30),
            NameClaimType = "sub",
            RoleClaimType = RoleClaim,
        };
        bearer.Events = new()
        {
            OnMessageReceived = ReceiveAsync,
            OnTokenValidated = JudgeAsync,
            OnChallenge = challenge =>
            {
                challenge.HandleResponse();
                return WhyNot(challenge.AuthenticateFailure).WriteAsync(challenge.Response);
            },
            OnForbidden = forbidden => (forbidden.HttpContext.Items[typeof(Refusal)] as Refusal ?? Refusal.Denied).WriteAsync(forbidden.Response),
        };
    }

    private static async Task ReceiveAsync(MessageReceivedContext context)
    {
        if (context.Request.Headers.Authorization.ToString().Split(' ', 2) is not [var scheme, .. var rest] || !scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase))
        {
            context.NoResult();
            return;
        }
        context.Token = string.Concat(rest).Trim();
        try
        {
            var name = new JsonWebToken(context.Token).Kid;
            await context.HttpContext.RequestServices.GetRequiredService<PublishedKeys>().LookForAsync(name.Length > 0 ? name : throw Refusal.NotValid("invalid"));
        }
        catch (Exception e)
        {
            // Whatever a text brings about that nobody vouches for.
            context.Fail(e);
        }
    }

    private static async Task JudgeAsync(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        var (user, isMachine) = (context.Principal!, token.Subject?.StartsWith("client:", StringComparison.Ordinal) == true);
        if (token.TryGetHeaderValue<object>("crit", out _) || user.FindFirstValue("token_type") != "access" || user.FindFirstValue("iat") is null
            || !(isMachine || (token.Subject is not null && token.Subject == user.FindFirstValue("user_id"))))
        {
            context.Fail("It is no access token of Accounts.");
        }
        else if (isMachine)
        {
            // Not signed in as anybody: what asks for a user and does not know of programs lets none in.
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(user.Claims, authenticationType: null, "sub", RoleClaim));
        }
        else if (await context.HttpContext.RequestServices.GetRequiredService<EndedSessions>().HasAsync(user))
        {
            context.Fail(Refusal.NotValid("revoked"));
        }
    }

    private static Refusal WhyNot(Exception? failure) => failure switch
    {
        null => Refusal.NotAuthenticated,
        Refusal refusal => refusal,
        SecurityTokenExpiredException => Refusal.NotValid("expired"),
        _ => Refusal.NotValid("invalid"),
    };
}
