// A service that takes the access tokens of Accounts. Start it with Issuer=https://accounts.example.com dotnet run
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using ResourceServer;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<AccessTokens>();
builder.Services.AddAuthentication("Bearer").AddScheme<AuthenticationSchemeOptions, BearerAuthentication>("Bearer", null);
builder.Services.AddAuthorization();

var app = builder.Build();
app.MapGet("/whoami", (ClaimsPrincipal user) => new { user = user.FindFirstValue("sub"), roles = user.FindAll("roles").Select(role => role.Value) })
    .RequireAuthorization();
app.MapGet("/admin", () => "Only for admins.").RequireAuthorization(policy => policy.RequireRole("admin"));
app.Run();
