// A service that takes the access tokens of Accounts. Start it with Issuer=https://accounts.example.com dotnet run
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

var builder = WebApplication.CreateBuilder(args);
var issuer = builder.Configuration["Issuer"] ?? throw new InvalidOperationException("Set Issuer.");

builder.Services.AddAuthentication().AddJwtBearer(bearer =>
{
    // Where the keys are: {issuer}/.well-known/openid-configuration says it.
    bearer.Authority = issuer;
    bearer.RequireHttpsMetadata = !new Uri(issuer).IsLoopback;
    bearer.TokenValidationParameters.ValidIssuer = issuer;
    bearer.TokenValidationParameters.ValidAudience = builder.Configuration["Audience"] ?? issuer;
    bearer.TokenValidationParameters.ValidAlgorithms = ["ES256"];
    bearer.TokenValidationParameters.ValidTypes = ["at+jwt"];
    // The key that the token names, and no other that might fit.
    bearer.TokenValidationParameters.TryAllIssuerSigningKeys = false;
    bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
    // Claims keep their names, and these two are what User.Identity.Name and RequireRole look for.
    bearer.MapInboundClaims = false;
    bearer.TokenValidationParameters.NameClaimType = "sub";
    bearer.TokenValidationParameters.RoleClaimType = "roles";
    // For so long a key that was taken back may live on (12 hours unless told); a key that is not known is looked for sooner.
    bearer.AutomaticRefreshInterval = TimeSpan.FromMinutes(5);
    bearer.RefreshInterval = TimeSpan.FromSeconds(10);
});
// Else a key that is published no more is accepted for another hour, as the "last known good" one.
builder.Services.PostConfigure<JwtBearerOptions>(
    JwtBearerDefaults.AuthenticationScheme, bearer => ((BaseConfigurationManager)bearer.ConfigurationManager!).UseLastKnownGoodConfiguration = false);
builder.Services.AddAuthorization();

var app = builder.Build();
app.MapGet("/whoami", (ClaimsPrincipal user) => new { user = user.FindFirstValue("sub"), roles = user.FindAll("roles").Select(role => role.Value) })
    .RequireAuthorization();
app.MapGet("/admin", () => "Only for admins.").RequireAuthorization(policy => policy.RequireRole("admin"));
// Good, and proved by two factors within 5 minutes: POST /api/auth/reauthenticate/ of Accounts brings such a token (RFC 9470).
app.MapGet("/payouts", (HttpContext context, ClaimsPrincipal user) =>
{
    var proved = DateTimeOffset.FromUnixTimeSeconds(long.Parse(user.FindFirstValue("auth_time")!, CultureInfo.InvariantCulture));
    if (user.FindFirstValue("acr") == "aal2" && DateTimeOffset.UtcNow - proved < TimeSpan.FromMinutes(5))
    {
        return Results.Ok(new { by = user.FindFirstValue("sub") });
    }
    context.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_user_authentication\", max_age=\"300\", acr_values=\"aal2\"";
    return Results.Json(new { detail = "Prove once more who you are." }, statusCode: StatusCodes.Status401Unauthorized);
}).RequireAuthorization();
app.Run();
