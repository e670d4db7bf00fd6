using System.Net.Http.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

// The peer of the same stack: ASP.NET Core's own endpoints for accounts, as its documentation sets them up.
// Usage: Peer CONNECTION FILES; signs people in and writes their tokens, a line each, into FILES.access and FILES.refresh.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [], EnvironmentName = "Production" });
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
builder.Services.AddDbContextPool<PeerDb>(options => options.UseNpgsql(args[0] + ";Maximum Pool Size=8;No Reset On Close=true;Max Auto Prepare=10;Auto Prepare Min Usages=1"));
builder.Services.AddAuthorization().AddIdentityApiEndpoints<IdentityUser>().AddEntityFrameworkStores<PeerDb>();
var app = builder.Build();
app.UseAuthorization();
app.MapIdentityApi<IdentityUser>();

var ready = false;
app.MapGet("/ready", () => ready ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
await app.StartAsync();
await SeedAsync();
ready = true;
await app.WaitForShutdownAsync();

async Task SeedAsync()
{
    await using var scope = app.Services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<PeerDb>().Database.EnsureCreatedAsync();
    using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    var tokens = new List<Tokens>();
    for (var n = 1; n <= 100; n++)
    {
        var person = new { email = $"u{n}@example.test", password = "Correct-horse-9" };
        (await http.PostAsJsonAsync("/register", person)).EnsureSuccessStatusCode();
        tokens.Add((await (await http.PostAsJsonAsync("/login", person)).Content.ReadFromJsonAsync<Tokens>())!);
    }
    await File.WriteAllLinesAsync(args[1] + ".access", tokens.Select(token => token.AccessToken));
    await File.WriteAllLinesAsync(args[1] + ".refresh", tokens.Select(token => token.RefreshToken));
}

internal sealed record Tokens(string AccessToken, string RefreshToken);

internal sealed class PeerDb(DbContextOptions<PeerDb> options) : IdentityUserContext<IdentityUser>(options);
