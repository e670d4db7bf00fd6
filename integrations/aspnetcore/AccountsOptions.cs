namespace Accounts.AspNetCore;

/// <summary>Whose access tokens are taken.</summary>
public sealed class AccountsOptions
{
    /// <summary>What <c>iss</c> is: the address of Accounts, without a slash at its end.</summary>
    public required string Issuer { get; init; }

    /// <summary>What <c>aud</c> is.</summary>
    public required string Audience { get; init; }

    /// <summary>Where Accounts is reached from here, if not at the issuer; null for that.</summary>
    public string? Server { get; set; }

    /// <summary>Name and secret, one of <c>Accounts__Tokens__IntrospectionClients</c>: what asks for <c>live</c> asks in its name, and so is followed what ends.</summary>
    public (string Name, string Secret)? Client { get; set; }

    /// <summary>Whether tokens of what has ended are refused before they are over; false with a <see cref="Client"/> that is for <c>live</c> alone.</summary>
    public bool Follow { get; set; } = true;

    /// <summary>For how long keys are kept.</summary>
    public TimeSpan KeysLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long no others are looked for after it was in vain.</summary>
    public TimeSpan KeysPause { get; set; } = TimeSpan.FromSeconds(10);
}
