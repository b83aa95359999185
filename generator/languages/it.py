"""Italian."""

from typing import Final

from generator.languages.shape import Dates, Furniture, Language

FURNITURE: Final = Furniture(
    phrases={
        "advertisement": (
            *("continua a leggere sotto la pubblicità", "l'articolo prosegue dopo la pubblicità", "fine pubblicità"),
            *("annuncio pubblicitario", "spazio pubblicitario", "advertising", "promo", "pubbliredazionale"),
            *("pubblicità", "annuncio", "annunci", "contenuto sponsorizzato", "sponsorizzato"),
            *("continua a leggere dopo la pubblicità", "l'articolo continua dopo la pubblicità"),
            *("contenuti sponsorizzati", "messaggio promozionale", "advertisement", "continua dopo la pubblicità"),
            *("informazione pubblicitaria", "in collaborazione con"),
        ),
        "share-buttons": (
            *("condividi su x", "condividi su linkedin", "condividi su telegram", "condividi la notizia"),
            *("condividi questa notizia", "salva per dopo", "invia tramite email", "dimensione testo"),
            *("copia indirizzo", "condividi il video", "segui questo tema", "aggiungi ai preferiti"),
            *("salva la notizia", "condividi", "condividi questo articolo", "condividi l'articolo", "condividi su"),
            *("condividi su facebook", "condividi su twitter", "condividi su whatsapp", "condividi con"),
            *("condividi via", "copia link", "copia il link", "link copiato", "stampa", "stampa articolo", "invia"),
            *("invia per email", "seguici", "seguici su", "seguici su facebook", "seguici sui social", "mi piace"),
            *("mi piace caricamento", "salva", "salva articolo", "ascolta", "ascolta l'articolo", "0 condivisioni"),
            *("manda via mail", "regala questo articolo", "invia ad un amico", "twitta", "segui", "segui su"),
        ),
        "newsletter": (
            *("articolo riservato agli abbonati", "contenuto per abbonati", "solo per abbonati"),
            *("riservato agli abbonati", "segui il nostro canale whatsapp", "seguici su google news"),
            *("disdici quando vuoi", "sei abbonato accedi", "non sei abbonato", "attiva le notifiche"),
            *("iscriviti al canale", "diventa sostenitore", "offri un caffè", "newsletter", "iscriviti"),
            *("iscriviti ora", "iscriviti alla newsletter", "iscriviti alla nostra newsletter", "abbonati"),
            *("abbonati ora", "abbonamenti", "registrati", "registrati gratis", "sei già abbonato"),
            *("sei già abbonato accedi", "accedi o abbonati", "contenuto riservato agli abbonati", "la tua email"),
            *("il tuo indirizzo email", "indirizzo email", "sostienici", "dona ora", "dona", "le nostre newsletter"),
            *("scarica l'app", "ricevi la newsletter", "unisciti a noi", "per continuare a leggere"),
        ),
        "related-headlines": (
            *("leggi anche questi articoli", "dalla stessa sezione", "altri contenuti", "i più letti di oggi"),
            *("notizie in evidenza", "potrebbe interessarti leggere", "leggi ancora"),
            *("ti potrebbe interessare leggere", "vedi tutte le notizie", "altre di"),
            *("in questo articolo si parla di", "più letti della settimana", "le altre notizie", "leggi anche"),
            *("leggi pure", "articoli correlati", "articolo correlato", "notizie correlate", "contenuti correlati"),
            *("correlati", "potrebbe interessarti", "potrebbe interessarti anche", "potrebbero interessarti"),
            *("ti potrebbe interessare", "ti potrebbe interessare anche", "ti potrebbero interessare"),
            *("ti potrebbe piacere", "potrebbe piacerti", "ti consigliamo", "consigliati", "consigliati per te"),
            *("raccomandati per te", "i più letti", "più letti", "le più lette", "più lette", "più letto"),
            *("i più visti", "più visti", "i più commentati", "più popolari", "popolari", "ultime notizie"),
            *("ultime news", "ultimi articoli", "ultime", "ultima ora", "ultim'ora", "articoli recenti"),
            *("post recenti", "commenti recenti", "notizie recenti", "altre notizie", "altri articoli"),
            *("altre news", "altro su", "altro su questo argomento", "vedi anche", "guarda anche", "scopri di più"),
            *("approfondimenti", "approfondisci", "per approfondire", "da non perdere", "non perdere"),
            *("in evidenza", "in primo piano", "primo piano", "tendenze", "notizie del giorno", "notizie di oggi"),
            *("argomenti correlati", "articoli simili", "articoli popolari", "dello stesso autore"),
            *("video correlati", "altri video", "top news", "i video più visti", "sullo stesso argomento"),
            *("sullo stesso tema", "dossier", "notizie più lette", "le notizie più lette", "le ultime notizie"),
            *("notizie dal mondo", "speciali", "continua a leggere", "argomenti", "potresti leggere"),
            *("leggi tutti gli articoli", "scelti per te"),
        ),
        "tags": (
            *("tag", "etichette", "categorie", "categoria", "parole chiave", "archivio", "temi"),
            *("argomenti trattati",),
        ),
        "navigation": (
            *("home", "homepage", "menu", "menu principale", "cerca", "ricerca", "vai al contenuto"),
            *("vai al contenuto principale", "salta al contenuto", "torna su", "torna in alto", "torna alla home"),
            *("indietro", "accedi", "login", "esci", "il mio account", "il mio profilo", "contatti", "contattaci"),
            *("chi siamo", "la redazione", "redazione", "mappa del sito", "aiuto", "successivo", "precedente"),
            *("articolo successivo", "articolo precedente", "pagina successiva", "pagina precedente", "avanti"),
            *("sei qui", "sei in", "sezioni", "lavora con noi", "sull'autore", "autore", "edizioni locali"),
            *("necrologie", "meteo"),
        ),
        "call-to-action": (
            *("stampa ricetta", "stampa la ricetta", "vai alla ricetta", "salva ricetta", "leggi tutto"),
            *("leggi di più", "leggi", "leggi l'articolo", "leggi l'articolo completo", "continua", "vedi tutti"),
            *("vedi tutto", "vedi altro", "mostra tutto", "mostra altro", "mostra di più", "carica altri"),
            *("carica altro", "clicca qui", "scopri", "chiudi", "annulla", "accetta", "rifiuta", "accetta tutto"),
            *("ingrandisci", "guarda la gallery", "guarda le foto", "guarda il video", "vai alla gallery", "apri"),
            *("altro", "rispondi", "segnala", "acquista", "scarica", "tutti gli articoli", "tutte le notizie"),
            *("vedi i commenti",),
        ),
        "comments": (
            *("commenti", "commento", "0 commenti", "0 commento", "nessun commento", "lascia un commento"),
            *("lascia un commento annulla risposta", "lascia una risposta"),
            *("lascia una risposta cancella la risposta", "annulla risposta", "scrivi un commento"),
            *("aggiungi un commento", "commenta", "commenta l'articolo", "commenta la notizia"),
            *("pubblica un commento", "invia commento", "mostra commenti", "vedi tutti i commenti"),
            *("leggi i commenti", "i commenti sono chiusi", "commenti chiusi", "il tuo commento"),
            *("partecipa alla discussione", "la tua opinione", "0 risposte"),
            *("il tuo indirizzo email non sarà pubblicato", "i campi obbligatori sono contrassegnati *"),
            *("caricamento commenti", "accedi per commentare"),
        ),
        "legal": (
            *("accetta e continua", "rifiuta tutti", "continua senza accettare", "gestisci consenso"),
            *("cookie necessari", "salva preferenze", "sempre attivo", "dati societari", "gestisci preferenze"),
            *("cookie tecnici", "mostra dettagli", "modifica preferenze", "privacy", "privacy policy"),
            *("informativa sulla privacy", "informativa privacy", "note legali", "cookie policy", "cookie"),
            *("termini e condizioni", "termini d'uso", "condizioni d'uso", "tutti i diritti riservati"),
            *("diritti riservati", "riproduzione riservata", "preferenze cookie", "gestisci cookie"),
            *("impostazioni cookie", "condizioni generali", "copyright", "dichiarazione di accessibilità"),
            *("preferenze privacy", "rivedi consenso cookie", "codice etico"),
        ),
        "player": (
            *("attiva audio", "disattiva audio", "schermo intero", "prossimo video", "video non disponibile"),
            *("riproduzione automatica", "velocità di riproduzione", "sottotitoli", "ascolta la versione audio"),
            *("ascolta la versione audio dell'articolo", "ascolta la notizia", "salta annuncio"),
            *("caricamento video", "video", "riproduci", "diretta", "in diretta", "live", "galleria", "fotogallery"),
            *("gallery", "galleria fotografica", "podcast", "audio", "foto", "guarda", "attiva javascript"),
            *("le foto", "il video"),
        ),
        "reading-time": (
            *("0 min di lettura", "0 minuti di lettura", "tempo di lettura 0 min", "tempo di lettura 0 minuti"),
            *("lettura 0 min", "lettura 0 minuti", "0 minuto di lettura", "tempo di lettura 0 minuto"),
        ),
        "poll": (
            *("il sondaggio del giorno", "sondaggio del giorno", "la domanda del giorno", "grazie per aver votato"),
            *("hai già votato", "partecipa al sondaggio", "risultati del sondaggio", "sondaggio chiuso"),
            *("vota il sondaggio", "di' la tua", "0 votanti", "totale voti 0", "vedi risultati", "sondaggio"),
            *("vota", "vota ora", "vedi i risultati", "0 voti"),
        ),
        "live-blog": (
            *("nuovi aggiornamenti", "0 nuovi aggiornamenti", "carica altri aggiornamenti", "fine della diretta"),
            *("la diretta è terminata", "momenti chiave", "aggiornamento automatico", "segui la diretta"),
            *("aggiornamenti precedenti", "diretta terminata", "la diretta testuale", "tutti gli aggiornamenti"),
            *("la diretta", "aggiorna", "punti chiave", "in aggiornamento", "gli aggiornamenti"),
        ),
        "page-numbers": ("0 di 0", "pagina 0 di 0", "foto 0 di 0", "0 su 0", "pagina 0"),
        "credit": (
            *("ansa", "foto ansa", "foto d'archivio", "immagine d'archivio", "immagine di repertorio"),
            *("foto di repertorio", "lapresse", "afp", "fotogramma"),
        ),
        "byline": (
            *("di redazione", "a cura della redazione", "di redazione online", "redazione online"),
            *("a cura di redazione",),
        ),
        "author-bio": (
            *("scopri tutti gli articoli", "tutti gli articoli dell'autore", "altri articoli di questo autore"),
            *("biografia dell'autore",),
        ),
    },
    prefixes={
        "related-headlines": (
            *("altre notizie su", "altre notizie di", "ultime notizie su", "tutte le notizie", "le più lette di"),
            *("altri articoli di",),
        ),
        "related-inline": (
            *("leggi tutto:", "leggi di più:", "potrebbe interessarti anche:", "vedi:", "> leggi anche"),
            *("– leggi anche", "ti potrebbe interessare anche:", "sullo stesso tema:", "la notizia:"),
            *("leggi anche:", "leggi anche >", "leggi anche", "leggi qui:", "leggi pure:", "vedi anche:"),
            *("guarda anche:", "ti potrebbe interessare:", "potrebbe interessarti:", "approfondisci:"),
            *("per approfondire:", "altre notizie:", "articolo precedente", "articolo successivo", "precedente:"),
            *("successivo:", "correlati:", "scopri di più:", "leggi qui", "leggi tutte le", "continua a leggere:"),
            *("video:", "leggi -"),
        ),
        "tags": (
            *("tag:", "tags:", "etichette:", "categorie:", "categoria:", "argomenti:", "archiviato in"),
            *("parole chiave:", "pubblicato in", "temi:"),
        ),
        "share-buttons": (
            *("condividi su", "condividi via", "condividi con", "condividi tramite", "seguici su", "fai clic per"),
            *("fai clic qui", "clicca per", "segui la nostra pagina", "seguici anche", "condividi:"),
        ),
        "newsletter": (
            *("articolo riservato", "segui il canale", "iscriviti al canale", "iscriviti al nostro"),
            *("per non perdere", "se vuoi ricevere", "se vuoi restare", "vuoi leggere"),
            *("questo articolo è riservato", "leggi questo articolo e", "tieniti aggiornato", "tieniti informato"),
            *("iscriviti", "abbonati", "registrati", "ricevi", "resta aggiornato", "rimani aggiornato"),
            *("non perdere", "se ti è piaciuto", "sostieni", "scarica la", "scarica l'app", "unisciti", "entra nel"),
            *("segui il nostro", "questo contenuto è riservato", "per continuare a leggere", "per leggere"),
            *("accedi per", "hai già un abbonamento", "cliccando su", "iscrivendoti", "seguici", "clicca qui"),
            *("per restare", "per rimanere", "aiutaci", "vuoi ricevere", "vuoi restare"),
        ),
        "comments": (
            *("il tuo indirizzo email", "i campi obbligatori", "devi essere connesso", "devi effettuare"),
            *("salva il mio nome", "avvertimi", "0 commenti su", "0 risposte a", "un commento su", "per commentare"),
            *("i commenti", "questo sito usa akismet", "lascia un commento", "do il mio consenso"),
        ),
        "legal": (
            *("noi e i nostri partner", "cliccando su accetta", "puoi revocare il tuo consenso"),
            *("con il tuo consenso", "questa testata", "tutti i contenuti", "i contenuti di questo sito"),
            *("tutti i diritti", "diritti riservati", "© riproduzione", "riproduzione riservata"),
            *("utilizziamo i cookie", "questo sito utilizza", "questo sito usa", "continuando la navigazione"),
            *("proseguendo", "p.iva", "p. iva", "partita iva", "testata giornalistica", "registrazione tribunale"),
            *("reg. trib", "iscrizione al", "questo articolo contiene link", "le opinioni espresse"),
            *("direttore responsabile", "vietata la riproduzione", "è vietata", "editore:"),
        ),
        "player": (
            *("il tuo browser non", "il tuo browser", "attiva javascript", "per vedere questo", "guarda il video"),
            *("il video:",),
        ),
        "caption": (
            *("foto:", "foto di", "foto -", "immagine:", "(foto:", "(foto", "crediti:", "credits:", "credit:"),
            *("fonte:", "fonte foto", "(fonte:", "foto ansa", "immagine di", "fotografia di", "nella foto"),
            *("illustrazione:", "fonte immagine", "foto credit"),
        ),
        "agency-credit": (
            *("(ansa)", "(adnkronos)", "(agi)", "con informazioni", "fonte ansa", "(askanews)", "(lapresse)"),
            *("con contributi",),
        ),
        "author-bio": (
            *("scopri tutti gli articoli di", "leggi gli altri articoli di", "sull'autore", "l'autore è"),
            *("leggi tutti gli articoli di", "tutti gli articoli di", "vedi tutti gli articoli"),
        ),
        "reading-time": ("tempo di lettura", "lettura:"),
        "timestamp": (
            *("pubblicato il", "pubblicato:", "pubblicata il", "aggiornato il", "aggiornato alle", "aggiornato:"),
            *("ultima modifica", "ultimo aggiornamento", "data:", "pubblicato", "aggiornato", "modificato il"),
            *("scritto il",),
        ),
        "byline": (
            *("scritto da", "a cura di", "autore:", "di:", "articolo di", "testo di", "pubblicato da", "inviato da"),
            *("dal nostro inviato", "dal nostro corrispondente", "dalla nostra inviata", "intervista di"),
        ),
        "poll": ("sondaggio:", "partecipa al nostro sondaggio", "partecipa al sondaggio", "totale voti"),
        "live-blog": (
            *("segui la diretta", "la diretta è", "termina qui la nostra diretta"),
            *("tutti gli aggiornamenti in diretta",),
        ),
        "navigation": ("sei in:", "ti trovi in:", "sei qui:"),
        "page-numbers": ("segue a pagina", "continua a pagina"),
    },
    words={
        "share": (
            *("condividi", "stampa", "invia", "salva", "copia", "link", "su", "via", "mail", "segui", "commenta"),
            *("commenti", "mi", "piace", "ascolta", "tweet", "email"),
        ),
        "legal": ("privacy", "cookie", "note", "legali", "termini", "condizioni", "copyright", "informativa"),
        "navigation": (
            *("home", "notizie", "cronaca", "politica", "economia", "esteri", "sport", "cultura", "spettacoli"),
            *("spettacolo", "tecnologia", "scienza", "salute", "video", "foto", "meteo", "contatti", "cerca"),
            *("menu", "calcio", "viaggi", "moda", "cinema", "musica", "motori", "opinioni", "blog", "mondo"),
            *("italia", "successivo", "precedente", "e", "di", "la", "società", "ambiente", "lavoro", "scuola"),
            *("cucina", "gossip", "eventi", "regioni", "redazione", "abbonati", "accedi", "ultime", "altro"),
            *("donna", "casa", "finanza", "libri", "rubriche"),
        ),
        "dates": (
            *("alle", "ore", "il", "del", "di", "pubblicato", "aggiornato", "ultima", "modifica", "aggiornamento"),
            *("ultimo", "h", "e"),
        ),
        "ago": ("fa", "ore", "ora", "minuti", "giorni", "giorno", "settimane", "mesi", "anni"),
        "prompt-verbs": (
            *("iscriviti", "abbonati", "ricevi", "segui", "seguici", "registrati", "unisciti", "scarica"),
            *("sostieni", "resta", "rimani", "per", "clicca", "vuoi", "entra", "scopri", "non"),
        ),
        "prompt-things": ("newsletter", "abbonamento", "abbonati", "canale", "app", "notifiche", "mail"),
        "you": ("tuo", "tua", "tuoi", "tue", "ti", "nostro", "nostra", "nostre", "nostri", "noi", "ci"),
        "roles": (
            *("giornalista", "redattore", "redattrice", "corrispondente", "inviato", "inviata", "autore", "autrice"),
            *("editorialista", "direttore", "fotografo"),
        ),
        "click": ("clicca", "cliccare", "cliccando"),
        "here": ("qui",),
        "alone": ("iscriviti", "abbonati", "condividi", "registrati", "commenta", "accedi", "seguici"),
        "subscribe": ("iscriviti", "iscrivetevi", "abbonati", "ricevi ", "registrati"),
        "pictured": ("foto d'archivio", "in questa foto", "nella foto d'archivio", "foto fornita da"),
        "filing": ("pubblicato", "categoria", "categorie", "autore", "sezione"),
        "contact": ("seguilo", "seguila", "seguici", "scrivi a", "scrivere a", "contatti:"),
        "advertisement": ("pubblicità",),
        "passed": ("fa",),
        "clock": ("h",),
        "label-tails": ("il", "da"),
        "pictures": ("foto",),
        "credit-words": ("foto", "immagine", "fonte"),
        "glued-credits": ("foto", "fonte"),
        "photo-by": ("foto di",),
        "contributed": ("contribu",),
        "is": ("è",),
        "no-names": ("il", "la"),
        "no-person": ("redazione", "agenzia"),
        "reply": ("rispondi", "segnala"),
        "says": ("ha detto:",),
    },
    endings={
        "newsletter": ("iscriviti qui", "abbonati qui", "registrati qui", "nella tua casella di posta"),
        "call-to-action": ("leggi qui", "scopri qui", "leggi l'articolo completo qui", "trovi tutto qui"),
        "caption": ("foto d'archivio", "immagine d'archivio", "immagine di repertorio", "foto di repertorio"),
    },
)

LANGUAGE: Final = Language(
    code="it",
    stop_words="il di che è per non della con sono gli nel alla dei più anche ha delle una si dal lo la",
    common_words=(
        "a abbiamo ad agli ai al alcune alcuni all alla alle allo altra altre altri altro anche ancora anni anno anzi "
        "appena aveva avevano avere ben c che chi ci ciò circa col come con contro cosa così cui d da dagli dai dal "
        "dall dalla dalle dallo degli dei del dell della delle dello dentro deve di dopo dove due durante e è ed era "
        "erano essere fa fare fatto fino fra gli già giorni giorno grande ha hanno ho i ieri il in infatti infine "
        "insieme invece io l la le lei li lo loro lui ma mai meglio meno mentre mese mesi mi mila milioni mio molti "
        "molto ne negli nei nel nell nella nelle nello nessun nessuno noi non nostra nostro nuova nuovo o oggi ogni "
        "oltre ora pari parte per perché però più poco poi possono prima primo proprio può qualche quale quali quando "
        "quanto quattro quella quelle quelli quello questa queste questi questo qui quindi sarà se secondo sei sempre "
        "senza settimana si sia sino solo sono sopra sotto spiega stata state stati stato su sua subito sue sugli sui "
        "sul sull sulla sulle suo suoi tra tre troppo tutta tutte tutti tutto un una uno va verso vi via volta detto "
        "dice"
    ),
    dates=Dates(
        months=(
            *("gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug"),
            *("agosto ago", "settembre set", "ottobre ott", "novembre nov", "dicembre dic"),
        ),
        weekdays=(
            *("lunedì lunedi", "martedì martedi", "mercoledì mercoledi", "giovedì giovedi", "venerdì venerdi"),
            *("sabato", "domenica"),
        ),
        published=("pubblicato", "pubblicata"),
        updated=("aggiornato", "aggiornata", "modifica", "modificato"),
        labels=("data",),
        on=("il",),
        at=("alle",),
        ordinals=("º", "°"),
    ),
    by=("Di",),
    ands=("e",),
    joining=("o",),
    particles=("da", "di", "del"),
    abbreviations=("Dr",),
    furniture=FURNITURE,
)
