using System.Buffers.Binary;

namespace Accounts.Core.Users;

/// <content>What only an import does to a user.</content>
public sealed partial class User
{
    /// <summary>Somebody from another system, for whom this is no sign-up that could come to nothing.</summary>
    /// <param name="username">theirs here</param>
    /// <param name="email">which nobody has proved here</param>
    /// <param name="legacyId">the id that they have there</param>
    /// <param name="joined">when they joined there</param>
    /// <param name="lastLogin">when they last signed in there; null for never</param>
    public static User OfImport(Username username, EmailAddress email, string legacyId, DateTimeOffset joined, DateTimeOffset? lastLogin)
    {
        var user = Register(username, email, firstName: "", lastName: "", joined, signedUpHere: false);
        // Rows of one batch lie beside each other, whenever their people joined.
        (user.Id, user.LegacyId, user.LastLogin) = (Guid.CreateVersion7(), legacyId, lastLogin);
        return user;
    }

    /// <summary>Whether they ever signed in here: <see cref="LastLogin"/> of who was imported may be of there. When that was, their id says (UUIDv7, RFC 9562, 5.7).</summary>
    public bool HasSignedIn => LastLogin is { } last && (LegacyId is null || last > TimeOf(Id));

    /// <summary>As the system that they came from has it now.</summary>
    public void Readdress(EmailAddress address, bool verified, DateTimeOffset now)
    {
        (Email, NormalizedEmail) = (address.Text, address.Key);
        (EmailConfirmed, VerifiedBy, VerifiedAt) = (verified, null, verified ? now : null);
    }

    /// <summary>Who looks like somebody else has their name all the same, and no shape that keeps others from it.</summary>
    public void LoseShape() => UsernameShape = null;

    private static DateTimeOffset TimeOf(Guid id) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >>> 16);
}
