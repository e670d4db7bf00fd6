using System.CommandLine;
using Accounts.Core.SigningKeys;

namespace Accounts.Api.Commands;

/// <summary><c>keys list</c>, <c>keys rotate</c>, <c>keys revoke KID</c>: the operator's hand on the signing keys. Every node follows within seconds.</summary>
public static class KeysCommand
{
    public static Command Make(AtServer at)
    {
        var id = new Argument<string>("KID") { Description = "The key's id, as list shows it." };
        var list = new Command("list", "Shows the signing keys: id, state, since when.");
        var rotate = new Command("rotate", "Publishes a new key now, which signs 10 minutes later.");
        var revoke = new Command("revoke", "Takes a key back: what it has signed is refused. If it was the one that signs, a new one does at once.") { id };
        list.SetAction((words, cancellation) => at(server => ActAsync(server, words, _ => Task.FromResult(0), cancellation)));
        rotate.SetAction((words, cancellation) => at(server => ActAsync(server, words, store => RotateAsync(store, cancellation), cancellation)));
        revoke.SetAction((words, cancellation) => at(server => ActAsync(server, words, store => RevokeAsync(store, words, words.GetRequiredValue(id), cancellation), cancellation)));
        return new Command("keys", "Shows, turns and takes back the keys that sign access tokens. Every node follows within seconds.") { list, rotate, revoke };
    }

    private static async Task<int> ActAsync(AccountsServer server, ParseResult words, Func<SigningKeyStore, Task<int>> act, CancellationToken cancellation)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<SigningKeyStore>();
        var code = await act(store);
        if (code == 0)
        {
            await PrintAsync(store, words, cancellation);
        }
        return code;
    }

    private static async Task<int> RotateAsync(SigningKeyStore store, CancellationToken cancellation)
    {
        await store.RotateAsync(cancellation);
        return 0;
    }

    private static async Task<int> RevokeAsync(SigningKeyStore store, ParseResult words, string id, CancellationToken cancellation)
    {
        if (await store.RevokeAsync(id, cancellation))
        {
            return 0;
        }
        return words.Fail($"There is no signing key {id}.");
    }

    private static async Task PrintAsync(SigningKeyStore store, ParseResult words, CancellationToken cancellation)
    {
        var keys = await store.ListAsync(cancellation);
        if (words.IsJson())
        {
            var listed = keys.Select(row => new ListedKey(row.Key.Id, row.State.ToString().ToLowerInvariant(), row.Key.ActiveFrom.UtcDateTime));
            words.Json(new ListedKeys([.. listed]), CommandJson.Default.ListedKeys);
            return;
        }
        foreach (var (key, state) in keys)
        {
            words.Line($"{key.Id}  {state,-9}  from {CommandOutput.Time(key.ActiveFrom.UtcDateTime)}");
        }
    }
}
