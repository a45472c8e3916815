/*
 * libxmlsec1 as a contestant: verifies the one signature of a message, again and again, and says how long that took.
 *
 * Usage: verify CERTIFICATE, with a PEM file. It reads orders from the standard input, each a line "LENGTH REPETITIONS",
 * followed by as many bytes of XML. For each it answers with a line: the nanoseconds that all repetitions took, or -1
 * when the signature is not good. The key is loaded once; a repetition goes from the bytes to the verdict.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

/* Larger messages than these are not sent here. */
#define MAX_LENGTH (16L * 1024 * 1024)

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Makes the ID of every Assertion known to the document, which finds what is signed by it. */
static void add_ids(xmlDocPtr document) {
    static const xmlChar *names[] = {(const xmlChar *)"ID", NULL};
    xmlSecAddIDs(document, xmlDocGetRootElement(document), names);
}

/* Whether the document's signature is good for this key. The key in the message is not looked at. */
static int verify_document(xmlDocPtr document, xmlSecKeyPtr key) {
    xmlNodePtr signature =
        xmlSecFindNode(xmlDocGetRootElement(document), xmlSecNodeSignature, xmlSecDSigNs);
    if (signature == NULL) return 0;
    add_ids(document);
    xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
    if (context == NULL) return 0;
    context->signKey = xmlSecKeyDuplicate(key);
    int good = xmlSecDSigCtxVerify(context, signature) >= 0 && context->status == xmlSecDSigStatusSucceeded;
    xmlSecDSigCtxDestroy(context);
    return good;
}

static int verify_message(const char *message, long length, xmlSecKeyPtr key) {
    xmlDocPtr document =
        xmlReadMemory(message, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_HUGE);
    if (document == NULL) return 0;
    int good = verify_document(document, key);
    xmlFreeDoc(document);
    return good;
}

static long long time_message(const char *message, long length, long repetitions, xmlSecKeyPtr key) {
    long long started_at = nanoseconds();
    for (long i = 0; i < repetitions; i++) {
        if (!verify_message(message, length, key)) return -1;
    }
    return nanoseconds() - started_at;
}

/* Answers orders until there are no more. */
static int serve(xmlSecKeyPtr key) {
    long length, repetitions;
    while (scanf("%ld %ld", &length, &repetitions) == 2) {
        if (getchar() != '\n' || length < 0 || length > MAX_LENGTH || repetitions < 1) return 1;
        char *message = malloc((size_t)length + 1);
        if (message == NULL) return 1;
        if (fread(message, 1, (size_t)length, stdin) != (size_t)length) return 1;
        printf("%lld\n", time_message(message, length, repetitions, key));
        fflush(stdout);
        free(message);
    }
    return 0;
}

/* What it has to say about a bad signature is what it is asked for, not an error. */
static void say_nothing(const char *file, int line, const char *function, const char *object,
                        const char *subject, int reason, const char *message) {
    (void)file, (void)line, (void)function, (void)object, (void)subject, (void)reason, (void)message;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    xmlInitParser();
    if (xmlSecInit() < 0 || xmlSecCryptoAppInit(NULL) < 0 || xmlSecCryptoInit() < 0) return 1;
    xmlSecErrorsSetCallback(say_nothing);
    xmlSecKeyPtr key = xmlSecCryptoAppKeyLoad(arguments[1], xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
    if (key == NULL) {
        fprintf(stderr, "the certificate can not be read\n");
        return 1;
    }
    int code = serve(key);
    xmlSecKeyDestroy(key);
    xmlSecCryptoShutdown();
    xmlSecCryptoAppShutdown();
    xmlSecShutdown();
    xmlCleanupParser();
    return code;
}
