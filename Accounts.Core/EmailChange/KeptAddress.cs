using System.Text.Json;
using Accounts.Core.Users;

namespace Accounts.Core.EmailChange;

/// <summary>An address, and whether and how it was proved, as it is kept with a change that may be undone.</summary>
internal sealed record KeptAddress(string Email, bool Verified, VerifiedBy? By, DateTimeOffset? At)
{
    public static KeptAddress Of(User user) => new(user.Email!, user.EmailConfirmed, user.VerifiedBy, user.VerifiedAt);

    public static KeptAddress Read(byte[] kept) => JsonSerializer.Deserialize<KeptAddress>(kept)!;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    public void GiveTo(User user) => user.MoveBack(EmailAddress.Parse(Email), Verified, By, At);
}
