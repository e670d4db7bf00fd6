using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Throttling;

/// <summary>
/// What a browser keeps to be known again: an entry for each user who has signed in on it, the last one first, good as long as
/// its <see cref="DeviceBond"/>. An entry that is forged, over or of before a new password makes nobody known, and spoils no other.
/// </summary>
public sealed class KnownDevices(SecretKeys keys, TimeProvider time)
{
    /// <summary>Of one browser: one more, and who has not signed in for longest is not known any more.</summary>
    public const int MostUsers = 8;

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private const int NameAt = 16, BondAt = 32, ExpiresAt = 48, Length = 56;
    private const char Between = '.';

    /// <summary>What is longer is not ours, and not looked at.</summary>
    private static readonly int Longest = (MostUsers * (AuthenticText.LengthOf(Length) + 1)) - 1;

    /// <summary>The device's name where it is a known one of this user, as they are now; else null.</summary>
    public string? NameFor(string? cookie, User user) => Find(Read(cookie), DeviceBond.Of(user))?.Name;

    /// <summary>The device's name where anybody has signed in on it. Whether that still holds, nothing but their row can tell.</summary>
    public string? NameOf(string? cookie) => Read(cookie).FirstOrDefault()?.Name;

    /// <summary>The cookie to be; null where the user is the first in it already. A device that is known keeps its name.</summary>
    public string? Add(string? cookie, DeviceBond bond)
    {
        var entries = Read(cookie);
        var known = Find(entries, bond);
        return known is not null && known == entries[0]
            ? null
            : string.Join(Between, entries.Where(entry => entry.UserId != bond.UserId).Select(entry => entry.Text).Prepend(known?.Text ?? New(bond)).Take(MostUsers));
    }

    private List<Entry> Read(string? cookie) => cookie is null || cookie.Length > Longest ? [] : [.. cookie.Split(Between).Select(ReadEntry).OfType<Entry>()];

    private Entry? ReadEntry(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return keys.TryRead(SecretUse.DeviceCookies, text, bytes) && BinaryPrimitives.ReadInt64BigEndian(bytes[ExpiresAt..]) > time.GetUtcNow().ToUnixTimeSeconds()
            ? new Entry(new Guid(bytes[..NameAt], bigEndian: true), Convert.ToHexString(bytes[NameAt..BondAt]), Convert.ToHexString(bytes[BondAt..ExpiresAt]), text)
            : null;
    }

    private static Entry? Find(List<Entry> entries, DeviceBond bond)
    {
        var hash = Convert.ToHexString(Hash(bond));
        return entries.Find(entry => entry.UserId == bond.UserId && entry.Bond == hash);
    }

    private string New(DeviceBond bond)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bond.UserId.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[NameAt..BondAt]);
        Hash(bond).CopyTo(bytes[BondAt..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[ExpiresAt..], (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        return keys.Write(SecretUse.DeviceCookies, bytes);
    }

    private static ReadOnlySpan<byte> Hash(DeviceBond bond) => SHA256.HashData(Encoding.UTF8.GetBytes($"{bond.Stamp}|{bond.Epoch}")).AsSpan(0, ExpiresAt - BondAt);

    /// <param name="UserId">who is known</param>
    /// <param name="Name">of the device, for this user</param>
    /// <param name="Bond">its hash</param>
    /// <param name="Text">as it stands in the cookie</param>
    private sealed record Entry(Guid UserId, string Name, string Bond, string Text);
}
