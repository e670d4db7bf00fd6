using Accounts.Core.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bench;

/// <summary>What is asked by a session token, against one SELECT by key: what an app, a proxy and a page that loads want to know of who is here. (Signing in for one: see <see cref="SignIns"/>.)</summary>
internal sealed class SessionMode(Stage stage, Results results)
{
    private const string Name = "bench_sessions";

    private static readonly (string Name, string Method, string Path)[] Questions =
    [
        ("`me`", "GET", "/api/auth/me/"),
        ("`GET session/`, which a proxy asks", "GET", "/api/auth/session/"),
        ("`POST session/`, which a page asks", "POST", "/api/auth/session/"),
    ];

    private string File => stage.Tokens(Name) + ".session";

    public async Task MeasureAsync()
    {
        await WriteTokensAsync(await stage.CopyAsync(Stage.Small, Name));
        await using var server = await stage.ServerAsync(Name);
        foreach (var (name, method, path) in Questions)
        {
            await AskAsync(server, method, path, Load.WarmUp);
            var before = await SelectAsync();
            var load = await AskAsync(server, method, path, stage.Seconds);
            results.Add($"session mode: {name}, 32 connections, against the SELECT ceiling", "", load, Load.Mean(before, await SelectAsync()));
        }
    }

    private Task<Load> SelectAsync() => Load.RunAsync("select.lua", stage.Ceiling, 1, 32, stage.Seconds);

    private Task<Load> AskAsync(Child server, string method, string path, int seconds) =>
        Load.RunAsync("me.lua", server.Address, 1, 32, seconds, ("TOKENS", File), ("METHOD", method), ("ME_PATH", path));

    /// <summary>Makes sessions of session mode of those that there are, and their tokens.</summary>
    private async Task WriteTokensAsync(Database database)
    {
        await database.ExecuteAsync("UPDATE sessions SET transport = 'session', rotated_at = now()");
        await database.ExecuteAsync("VACUUM FULL ANALYZE sessions");
        await using var server = Accounts.Api.Program.Build(stage.Arguments(Name));
        var codec = server.App.Services.GetRequiredService<SessionTokenCodec>();
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT user_id, id FROM sessions WHERE user_agent = 'bench' ORDER BY id", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var tokens = new List<string>();
        while (await rows.ReadAsync())
        {
            tokens.Add(codec.Write(new SessionToken(rows.GetGuid(0), rows.GetGuid(1), Seed.Secret)));
        }
        await System.IO.File.WriteAllLinesAsync(File, tokens);
    }
}
