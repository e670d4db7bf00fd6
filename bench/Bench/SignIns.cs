using System.Text.Json.Nodes;
using Accounts.Core.Data;
using Accounts.Core.Passkeys;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bench;

/// <summary>Whole sign-ins, of as many requests as each takes: by a password and a code, by a passkey, and by a password in session mode.</summary>
internal sealed class SignIns(Stage stage, Results results)
{
    private const string Name = "bench_signins", Login = "/api/auth/login/";
    private const string Hash = "what the hash alone allows, one on each core";

    private Signer[] people = [];
    private int turn;

    public async Task MeasureAsync()
    {
        await stage.CopyAsync(Stage.Small, Name);
        await EnrolAsync();
        await using var server = await stage.ServerAsync(Name);
        await using var plain = await stage.ServerAsync(Stage.Small);
        await AgainstHashAsync("a password and a code (two requests)", seconds => CodeAsync(server, seconds));
        await AgainstHashAsync("the password in session mode", seconds => Crowd.RunAsync(plain.Address, seconds, SessionAsync));
        await PasskeysAsync(server);
    }

    private async Task AgainstHashAsync(string way, Func<int, Task<Load>> run)
    {
        await run(Load.SignInWarmUp);
        var before = await BoundAsync();
        var load = await run(4 * stage.Seconds);
        results.Add($"sign-ins by {way}, {Crowd.Clients} clients that share the cores, against {Hash}", "", load, (before + await BoundAsync()) / 2);
    }

    /// <summary>Its ceiling has two requests as well, with the same bodies, and the driver signs for it as much.</summary>
    private async Task PasskeysAsync(Child server)
    {
        await Crowd.RunAsync(server.Address, Load.WarmUp, PasskeyAsync);
        await UpdatesAsync();
        var before = await UpdatesAsync();
        var load = await Crowd.RunAsync(server.Address, stage.Seconds, PasskeyAsync);
        results.Add($"sign-ins by a passkey (two requests), {Crowd.Clients} clients, against two requests of the UPDATE ceiling by the same clients", "", load, Load.Mean(before, await UpdatesAsync()));
    }

    private Task<double> BoundAsync() => HashBound.MeasureAsync(stage.Arguments(Name), 2 * stage.Seconds);

    /// <summary>Of each user a code counts once.</summary>
    private async Task<Load> CodeAsync(Child server, int seconds)
    {
        await stage.Data(Name).ExecuteAsync("UPDATE totp_factors SET last_step = NULL");
        Array.ForEach(people, person => person.ForgetCodes());
        return await Crowd.RunAsync(server.Address, seconds, CodeAsync);
    }

    private async Task<bool> CodeAsync(HttpClient http, int client)
    {
        var person = Next();
        var (first, begun) = await http.PostAsync(Login, Password(person));
        if (first != 403)
        {
            return false;
        }
        var (second, _) = await http.PostAsync($"{Login}second-factor/", new JsonObject { ["ticket"] = begun.GetProperty("ticket").GetString(), ["code"] = person.NextCode() });
        return second == 200;
    }

    private async Task<bool> PasskeyAsync(HttpClient http, int client)
    {
        var person = Next();
        var (_, begun) = await http.PostAsync($"{Login}passkey/begin/");
        var challenge = begun.GetProperty("publicKey").GetProperty("challenge").GetString()!;
        var (status, _) = await http.PostAsync($"{Login}passkey/finish/", new JsonObject { ["state"] = begun.GetProperty("state").GetString(), ["passkey"] = person.Sign(challenge) });
        return status == 200;
    }

    private async Task<bool> SessionAsync(HttpClient http, int client) => (await http.PostAsync(Login, Password(Next()), "session")).Status == 200;

    /// <summary>Of rows that lie in pages of their own.</summary>
    private Task<Load> UpdatesAsync() => Crowd.RunAsync(stage.Ceiling, stage.Seconds, async (http, client) =>
    {
        var path = $"/update/{(client * 31) + 1}";
        var (_, begun) = await http.PostAsync(path);
        var value = begun.GetProperty("value").GetString()!;
        return (await http.PostAsync(path, new JsonObject { ["state"] = value[..43], ["passkey"] = Next().Sign(value[..22]) })).Status == 200;
    });

    private Signer Next() => people[(int)((uint)Interlocked.Increment(ref turn) % people.Length)];

    private static JsonObject Password(Signer person) => new() { ["email"] = person.Email, ["password"] = Seed.Password };

    /// <summary>All of them, by the server's own tools, but without their sign-ins.</summary>
    private async Task EnrolAsync()
    {
        await using var server = Accounts.Api.Program.Build(stage.Arguments(Name));
        await server.PrepareAsync();
        await using var scope = server.App.Services.CreateAsyncScope();
        var (db, box) = (scope.ServiceProvider.GetRequiredService<AccountsDb>(), scope.ServiceProvider.GetRequiredService<SecretBox>());
        var (enrolled, now) = (new List<Signer>(), DateTimeOffset.UtcNow);
        foreach (var user in await db.Users.Where(user => user.UserName!.StartsWith("u")).ToListAsync())
        {
            var person = new Signer(user.Email!);
            var app = TotpFactor.Begin(user.Id, box, now, out var seed);
            person.Seed = seed;
            app.Confirm("", TimeCode.StepAt(now), now);
            db.AddRange(app, Passkey.Of(person.Made(), user.Id, "", now));
            user.AddWay(TotpFactor.Way);
            user.AddWay(Passkey.Way);
            db.Entry(user).Property(row => row.PasskeyHandle).CurrentValue = person.Handle;
            enrolled.Add(person);
        }
        await db.SaveChangesAsync();
        await stage.Data(Name).ExecuteAsync("VACUUM ANALYZE");
        people = [.. enrolled];
    }
}
