using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>
/// Which address a user has, and whether they have proved it. allauth's table decides, where it has the user: the primary address, or
/// where none is, the row of the model's own, or the only one where the model has none. Without a row it is the model's, and proved where a field of the model says so: one that is
/// called <c>email_verified</c>, or named by whoever runs this. Nothing else counts as a proof; not that somebody is active, nor when they signed in last.
/// </summary>
/// <param name="Email">null for none</param>
/// <param name="Verified">whether its owner has proved it</param>
/// <param name="Left">what becomes of their other addresses, for the report; null where there is none</param>
internal sealed record DjangoAddress(string? Email, bool Verified, string? Left)
{
    public static DjangoAddress Of(DjangoRow row, DjangoValues values)
    {
        var own = values.Text("email") is { Length: > 0 } email ? email : null;
        if (row.Addresses.Count == 0)
        {
            return new DjangoAddress(own, own is not null && values.Flag("email_verified", otherwise: false), null);
        }
        var taken = row.Addresses.Find(address => Is(address, "primary"));
        if (taken.ValueKind == JsonValueKind.Undefined)
        {
            taken = own is null && row.Addresses is [var only] ? only : row.Addresses.Find(address => string.Equals(Text(address), own, StringComparison.OrdinalIgnoreCase));
        }
        var left = row.Addresses.Count - (taken.ValueKind == JsonValueKind.Undefined ? 0 : 1);
        var words = left switch { 0 => null, 1 => "One further address is left behind.", _ => $"{left} further addresses are left behind." };
        return taken.ValueKind == JsonValueKind.Undefined
            ? new DjangoAddress(own, false, words)
            : new DjangoAddress(Text(taken), Is(taken, "verified"), words);
    }

    private static bool Is(JsonElement address, string field) => address.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement address) => address.TryGetProperty("email", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
