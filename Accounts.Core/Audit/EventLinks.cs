using System.Security.Cryptography;

namespace Accounts.Core.Audit;

/// <summary>What an event gets with its number.</summary>
/// <param name="Salt">of what goes when the user is erased</param>
/// <param name="ActorSalt">of what goes when whoever did it is erased; null where nobody else has acted</param>
internal sealed record EventLink(NumberedEvent Entry, long Number, byte[] Salt, byte[] FieldsHash, byte[]? ActorSalt, byte[]? ActorFieldsHash, byte[] Link);

/// <summary>Goes on with the chain from where it ends.</summary>
/// <param name="number">the last that was given</param>
/// <param name="link">of the event of that number</param>
internal sealed class EventLinks(long number, byte[] link)
{
    private readonly EventHash hash = new();

    public EventLink Next(NumberedEvent entry)
    {
        var (salt, actorSalt) = (Salt(), entry.HasActor ? Salt() : null);
        var (fields, actorFields) = (hash.Fields(salt, entry), actorSalt is null ? null : hash.ActorFields(actorSalt, entry));
        link = hash.Link(link, ++number, entry, fields, actorFields);
        return new EventLink(entry, number, salt, fields, actorSalt, actorFields, link);
    }

    private static byte[] Salt() => RandomNumberGenerator.GetBytes(EventHash.SaltLength);
}
