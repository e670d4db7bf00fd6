namespace Accounts.Core.Mail;

/// <summary>What a mail calls by a name of ours, which is another in each language (<c>named</c> in the language files).</summary>
public readonly record struct Named(string English);
