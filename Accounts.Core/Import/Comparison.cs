using Accounts.Core.Users;

namespace Accounts.Core.Import;

/// <summary>What has changed of somebody who was imported before: there, and here.</summary>
internal sealed record Comparison
{
    /// <summary>Changed there, and as it is there it is here already.</summary>
    public required ImportPart[] Agreed { get; init; }

    /// <summary>Changed there and not here: to be written.</summary>
    public required ImportPart[] Changes { get; init; }

    /// <summary>Changed there, and not to be written.</summary>
    public required string[] Conflicts { get; init; }

    public bool IsNothing => Agreed.Length == 0 && Changes.Length == 0;

    public static Comparison Of(Candidate there, KnownUser here, string source) => Of(there, here, source, PartPrints.Parts);

    /// <summary>Of some parts alone.</summary>
    public static Comparison Of(Candidate there, KnownUser here, string source, ImportPart[] parts)
    {
        if (Stranger(here, source) is { } stranger)
        {
            return new Comparison { Agreed = [], Changes = [], Conflicts = [stranger] };
        }
        var (came, before, now, written) = (there.Prints, new PartPrints(here.Imported!.Came), here.Prints, new PartPrints(here.Imported.Written));
        var changed = parts.Where(part => !came.Agrees(before, part)).ToArray();
        var agreed = changed.Where(part => part == ImportPart.Password ? there.Hash == here.User.PasswordHash : came.Agrees(now, part)).ToArray();
        var both = changed.Except(agreed).Where(part => !now.Agrees(written, part)).ToArray();
        return new Comparison { Agreed = agreed, Changes = [.. changed.Except(agreed).Except(both)], Conflicts = [.. both.Select(part => $"Changed there and here, and stays as it is here: {Word(part)}.")] }
            .Kept(here.User).Guarded(there, here.User);
    }

    private static string? Stranger(KnownUser here, string source) => here.Imported switch
    {
        null => "Somebody has this id here whom no import has made.",
        { Source: var other } when other != source => $"Somebody has this id here who was imported from {other}, and this is {source}.",
        _ => null,
    };

    /// <summary>Who has left here, or is frozen, is not touched.</summary>
    private Comparison Kept(User user) => IsNothing || user is { DeletedAt: null } && !user.IsFrozen() ? this : new Comparison
    {
        Agreed = [],
        Changes = [],
        Conflicts = [.. Conflicts, user.DeletedAt is null ? "Is frozen here, and stays as they are." : "Has deleted the account here, and stays as they are."],
    };

    /// <summary>No import takes away who administers, and none gives a role to who is not verified.</summary>
    private Comparison Guarded(Candidate there, User user)
    {
        var guarded = this;
        if (user.IsAdministrator && Changes.Contains(ImportPart.Roles) && !there.Roles.Administers)
        {
            guarded = guarded.Without("Administers here, which no import takes from anybody.", ImportPart.Roles);
        }
        if (user.IsAdministrator && Changes.Contains(ImportPart.Active) && !there.IsActive)
        {
            guarded = guarded.Without("Administers here, and is deactivated by no import.", ImportPart.Active);
        }
        var verified = guarded.Changes.Contains(ImportPart.Address) ? there.Verified : user.EmailConfirmed;
        var roles = guarded.Changes.Contains(ImportPart.Roles) ? there.Roles.Names : user.Roles;
        return verified || roles.Length == 0 ? guarded : guarded.Without("Only who is verified holds roles: address and roles stay as they are here.", ImportPart.Address, ImportPart.Roles);
    }

    public Comparison Without(string why, params ImportPart[] parts) => this with { Changes = [.. Changes.Except(parts)], Conflicts = [.. Conflicts, why] };

    public static string Word(ImportPart part) => part.ToString().ToLowerInvariant();
}
