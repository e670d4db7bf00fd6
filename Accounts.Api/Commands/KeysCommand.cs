using Accounts.Core.SigningKeys;

namespace Accounts.Api.Commands;

/// <summary><c>keys list</c>, <c>keys rotate</c>, <c>keys revoke KID</c>: the operator's hand on the signing keys. Every node follows within seconds.</summary>
public static class KeysCommand
{
    private const string Usage = "Usage: keys list | keys rotate | keys revoke KID";

    /// <returns>the process's exit code</returns>
    public static async Task<int> RunAsync(AccountsServer server, string[] words)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<SigningKeyStore>();
        switch (words)
        {
            case ["list"]:
                break;
            case ["rotate"]:
                await store.RotateAsync(CancellationToken.None);
                break;
            case ["revoke", var id]:
                if (!await store.RevokeAsync(id, CancellationToken.None))
                {
                    await Console.Error.WriteLineAsync($"There is no signing key {id}.");
                    return 1;
                }
                break;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
        await PrintAsync(store);
        return 0;
    }

    private static async Task PrintAsync(SigningKeyStore store)
    {
        foreach (var (key, state) in await store.ListAsync(CancellationToken.None))
        {
            Console.WriteLine($"{key.Id}  {state,-9}  from {key.ActiveFrom.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        }
    }
}
