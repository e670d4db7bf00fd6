using Accounts.Core.Mail;

namespace Accounts.Core.SecondFactor;

/// <summary>A factor as its user sees it.</summary>
public sealed record ListedFactor(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt)
{
    /// <summary>Of a passkey: whether it has been copied to the user's other devices; else null.</summary>
    public bool? Synced { get; init; }

    /// <summary>Of a passkey: what the authenticator calls it; else null.</summary>
    public string? CredentialId { get; init; }

    /// <summary>Of a passkey in a list: what authenticators call its user; else null.</summary>
    public string? UserHandle { get; init; }
}

/// <summary>
/// A kind of second factors, with rows of its own. The room of each registers it in its setup; listed, named, removed and brought back they all
/// are here. Whoever adds or removes one holds the user's row.
/// </summary>
public abstract class FactorKind
{
    /// <summary>Its word among <see cref="Users.User.Ways"/>.</summary>
    public abstract string Way { get; }

    /// <param name="factor">that was added</param>
    /// <param name="link">"this wasn't me"</param>
    public abstract OutgoingMail AddedMail(ListedFactor factor, string link);

    /// <param name="factor">that was removed</param>
    /// <param name="link">"this wasn't me"</param>
    public abstract OutgoingMail RemovedMail(ListedFactor factor, string link);

    /// <summary>Those that count, oldest first.</summary>
    public abstract Task<ListedFactor[]> ListAsync(Guid userId, CancellationToken cancellation);

    /// <returns>whether there is one</returns>
    public abstract Task<bool> RenameAsync(Guid userId, Guid id, string name, CancellationToken cancellation);

    /// <summary>At once, by a statement.</summary>
    /// <returns>what brings it back; null where there is none of that id</returns>
    public abstract Task<byte[]?> RemoveAsync(Guid userId, Guid id, CancellationToken cancellation);

    /// <summary>At once, by a statement; one that is there already stays as it is.</summary>
    /// <param name="userId">whose it was</param>
    /// <param name="kept">what removing it gave</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>its name, where it is somebody else's by now and stays out; else null</returns>
    public abstract Task<string?> BringBackAsync(Guid userId, byte[] kept, CancellationToken cancellation);
}
