using System.Text.Json;

namespace Accounts.Core.Passkeys;

/// <summary>
/// What authenticators are called, by the model that they say they are. From the list that passkey providers keep themselves,
/// github.com/passkeydeveloper/passkey-authenticator-aaguids, as of August 2026. It makes a default name, and no authenticator is believed for it.
/// </summary>
internal static class AuthenticatorNames
{
    private const string Unknown = "Passkey";

    private static readonly Dictionary<Guid, string> Names = Read();

    public static string Of(Guid aaguid) => Names.GetValueOrDefault(aaguid, Unknown);

    private static Dictionary<Guid, string> Read()
    {
        using var table = typeof(AuthenticatorNames).Assembly.GetManifestResourceStream("Accounts.Core.Passkeys.authenticators.json")!;
        return JsonSerializer.Deserialize<Dictionary<Guid, string>>(table)!;
    }
}
