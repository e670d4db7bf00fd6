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
        list.SetAction((_, cancellation) => at(server => ActAsync(server, _ => Task.FromResult(0), cancellation)));
        rotate.SetAction((_, cancellation) => at(server => ActAsync(server, store => RotateAsync(store, cancellation), cancellation)));
        revoke.SetAction((words, cancellation) => at(server => ActAsync(server, store => RevokeAsync(store, words.GetRequiredValue(id), cancellation), cancellation)));
        return new Command("keys", "Shows, turns and takes back the keys that sign access tokens. Every node follows within seconds.") { list, rotate, revoke };
    }

    private static async Task<int> ActAsync(AccountsServer server, Func<SigningKeyStore, Task<int>> act, CancellationToken cancellation)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<SigningKeyStore>();
        var code = await act(store);
        if (code == 0)
        {
            await PrintAsync(store, cancellation);
        }
        return code;
    }

    private static async Task<int> RotateAsync(SigningKeyStore store, CancellationToken cancellation)
    {
        await store.RotateAsync(cancellation);
        return 0;
    }

    private static async Task<int> RevokeAsync(SigningKeyStore store, string id, CancellationToken cancellation)
    {
        if (await store.RevokeAsync(id, cancellation))
        {
            return 0;
        }
        await Console.Error.WriteLineAsync($"There is no signing key {id}.");
        return 1;
    }

    private static async Task PrintAsync(SigningKeyStore store, CancellationToken cancellation)
    {
        foreach (var (key, state) in await store.ListAsync(cancellation))
        {
            Console.WriteLine($"{key.Id}  {state,-9}  from {key.ActiveFrom.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        }
    }
}
