using System.Security.Cryptography;
using Accounts.Core.Secrets;

namespace Accounts.Core.SecondFactor.Totp;

/// <summary>An authenticator app of a user. It is a factor once a code of it has been right; what was only begun is nothing yet.</summary>
public sealed class TotpFactor
{
    /// <summary>Among <see cref="Users.User.Ways"/>.</summary>
    public const string Way = "totp";

    public const string Title = "authenticator app";

    public const string UsualName = "Authenticator app";

    public static readonly TimeSpan BegunLifetime = TimeSpan.FromHours(1);

    private TotpFactor()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Sealed.</summary>
    public byte[] Seed { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Whose code was used last: neither it nor an earlier one is good any more.</summary>
    public long? LastStep { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <param name="userId">whose app it is</param>
    /// <param name="box">that seals the seed</param>
    /// <param name="now">the database's time</param>
    /// <param name="seed">for the app; the row keeps it sealed</param>
    public static TotpFactor Begin(Guid userId, SecretBox box, DateTimeOffset now, out byte[] seed)
    {
        (var id, seed) = (Guid.CreateVersion7(now), RandomNumberGenerator.GetBytes(TimeCode.SeedLength));
        return new TotpFactor
        {
            Id = id,
            UserId = userId,
            Name = UsualName,
            Seed = box.Seal(SecretUse.TotpSeeds, seed, Place(userId, id)),
            CreatedAt = now,
        };
    }

    /// <exception cref="CryptographicException">no listed secret opens it</exception>
    public byte[] Open(SecretBox box) => box.Open(SecretUse.TotpSeeds, Seed, Place(UserId, Id));

    /// <summary>By a right code, whose step is spent by it.</summary>
    public void Confirm(string name, long step, DateTimeOffset now) =>
        (Name, LastStep, ConfirmedAt) = (name.Length > 0 ? name : Name, step, now);

    /// <summary>What its seed is sealed for.</summary>
    internal static string Place(Guid userId, Guid id) => $"totp_factors/{userId:N}/{id:N}";
}
